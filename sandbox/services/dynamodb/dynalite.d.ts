/**
 * The parts of dynalite 4.0.0 that we run: its request validation with the expression parsers, and its actions. They are not
 * its public interface, hence the exact version in package.json.
 */
declare module 'dynalite/actions/*' {
  const action: import('./dynaliteShapes.ts').Action;
  export default action;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    /** Throws Failure; answers with a copy holding the known members only. */
    checkTypes(data: object, types: object): import('./dynaliteShapes.ts').Checked;
    checkValidations(
      data: import('./dynaliteShapes.ts').Checked,
      types: object,
      custom: import('./dynaliteShapes.ts').Shape['custom'],
      store: import('./dynaliteShapes.ts').Store,
    ): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const shape: import('./dynaliteShapes.ts').Shape;
  export default shape;
}
