export type { Measured, VolumePart } from './bind';
export { BindingPool, openBindingPool } from './binding-pool';
