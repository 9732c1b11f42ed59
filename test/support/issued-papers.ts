import { must } from './builders';
import { textOf } from './paper-fixtures';
import type { Caller } from './test-app';

export interface IssuedPaper {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly pageCount: number;
}

/** Issues the paper and answers the text that a reader gets out of the file, without blanks and line ends. */
export async function issuedText(
  by: Caller,
  disputeId: string,
  templateId: string,
  parameters: object = {},
): Promise<string> {
  const { id } = must<IssuedPaper>(await by.post(`/disputes/${disputeId}/papers`, { templateId, parameters }), 201);
  return textOf(must<Buffer>(await by.download(`/papers/${id}/file`), 200));
}

/** Status and code with which the issue is refused. */
export async function refusedIssue(
  by: Caller,
  disputeId: string,
  templateId: string,
  parameters: object = {},
): Promise<[number, string]> {
  const reply = await by.post(`/disputes/${disputeId}/papers`, { templateId, parameters });
  return [reply.status, (reply.body as { code: string }).code];
}
