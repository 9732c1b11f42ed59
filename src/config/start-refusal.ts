/** A reason not to start that whoever starts the program can remove: told to that person without a stack. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
