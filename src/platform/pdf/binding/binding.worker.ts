import { type BindTask, type Measured, type VolumePart, bind as bindHere, measure as measureHere } from './bind';
import { type PackTask, pack as packHere } from './pack';

export const bind = (task: BindTask): Promise<number> => bindHere(task);
export const measure = (parts: readonly VolumePart[]): Promise<Measured[]> => measureHere(parts);
export const pack = (task: PackTask): Promise<void> => packHere(task);
