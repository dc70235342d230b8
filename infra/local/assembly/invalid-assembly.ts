/** An assembly that a local host cannot play in full: which stack, which resource by its logical id, and why. */
export class InvalidAssembly extends Error {
  override readonly name = 'InvalidAssembly';

  constructor(stack: string, id: string, reason: string) {
    super(`${stack} ${id}: ${reason}`);
  }
}
