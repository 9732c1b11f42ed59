export { FileStore, type StoredFile } from './file-store';
export { FilesModule } from './files.module';
