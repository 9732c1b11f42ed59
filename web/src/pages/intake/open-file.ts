import { api, call, fetchFile, submissionKey } from '@/api';

/** Opens a paper in a window of its own, from where it is printed; saves it where windows are blocked. */
async function show(loading: Promise<{ blob: Blob; name: string }>): Promise<void> {
  const { blob, name } = await loading;
  const url = URL.createObjectURL(blob);
  const opened = window.open(url, '_blank');
  if (opened === null) {
    const link = document.createElement('a');
    [link.href, link.download] = [url, name];
    link.click();
  }
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 300_000);
}

/** Issues a paper of the matter and opens it. */
export async function openPaper(
  disputeId: string,
  templateId: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  const paper = await call(
    api.POST('/api/disputes/{id}/papers', {
      params: { path: { id: disputeId }, header: { 'Idempotency-Key': submissionKey() } },
      body: { templateId, parameters },
    }),
  );
  await show(fetchFile(`/api/papers/${paper.id}/file`));
}

/** A paper that is made by asking for it. */
export const openMade = (path: string, body: object): Promise<void> =>
  show(
    fetchFile(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': submissionKey() },
      body: JSON.stringify(body),
    }),
  );
