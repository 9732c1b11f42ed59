import { type BindTask, type Measured, type MeasuredFile, bind as bindHere, measure as measureHere } from './bind';
import { type PackTask, pack as packHere } from './pack';

export const bind = (task: BindTask): Promise<number> => bindHere(task);
export const measure = (parts: readonly MeasuredFile[]): Promise<Measured[]> => measureHere(parts);
export const pack = (task: PackTask): Promise<void> => packHere(task);
