import { type Fiber, waitFor } from './fiber.ts';

/** Messages for one fiber, taken in the order they came. */
export class Inbox<T> {
  readonly #messages: T[] = [];
  #wake: ((message: T) => void) | undefined;

  put(message: T): void {
    const wake = this.#wake;
    this.#wake = undefined;
    if (wake) wake(message);
    else this.#messages.push(message);
  }

  *take(): Fiber<T> {
    const message = this.#messages.shift();
    if (message !== undefined) return message;
    return yield* waitFor<T>((wake) => {
      this.#wake = wake;
      return () => {
        this.#wake = undefined;
      };
    });
  }
}
