declare module 'asl-validator' {
  interface Verdict {
    readonly isValid: boolean;
    readonly errorsText: () => string;
  }
  /** Writes into the definition that it is given. */
  export default function validate(definition: object): Verdict;
}
