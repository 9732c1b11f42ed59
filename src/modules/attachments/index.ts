export { DiscardStagedUpload, MAX_FILE_BYTES, StagedUploadPipe } from './api/staged-upload';
export type { FileToServe } from './application/read-attachments';
export { type AttachmentParticulars, type AttachmentSnapshot, Attachments } from './application/attachments';
export { type CheckedFile, ReceivedFiles, type StagedFile } from './application/received-files';
export { AttachmentsModule } from './attachments.module';
export { EVIDENCE_FORMS, EVIDENCE_TYPES } from './domain/dictionaries';
export type { EvidenceForm, EvidenceType, Ring } from './domain/dictionaries';
