import { type Problem, perform, tooLarge } from '@/api';

/** A file chosen at the counter, with what it is. */
export interface Evidence {
  readonly file: File;
  evidenceType: string;
}

const PATH = '/api/disputes/{disputeId}/attachments';

export const refusalOf = (file: File): Problem | null => tooLarge(PATH, file);

const isImage = (file: File): boolean => file.type.startsWith('image/');

/** What the desk most often means; every row can be changed before it goes up. */
export function evidenceOf(file: File): Evidence {
  const isRecording = /^(?:audio|video)\//.test(file.type);
  return { file, evidenceType: isRecording ? 'audio-visual' : 'documentary' };
}

export async function upload(disputeId: string, { file, evidenceType }: Evidence): Promise<void> {
  const form = new FormData();
  // Fields go before the file, as the server reads the form in one pass.
  form.append('evidenceType', evidenceType);
  form.append('form', isImage(file) ? 'photo' : 'scan');
  form.append('ring', 'center');
  form.append('source', '当事人当面提交');
  form.append('file', file);
  await perform({ method: 'post', path: PATH, params: { disputeId }, body: form });
}
