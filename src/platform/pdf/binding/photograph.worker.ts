import { develop } from './photograph';

/** A process that develops one photograph: the memory that unpacking takes goes back with its end, which a thread's does not. */
const [, , path = '', out = ''] = process.argv;
develop({ path, out }).catch(() => {
  process.exitCode = 1;
});
