import type { Json } from '../../../../shared/platform/json.ts';
import type { Random } from '../../../kernel/random.ts';
import { intrinsicFailure } from '../failure.ts';
import { isArray, isObject } from '../path/read.ts';

/** An intrinsic function over evaluated arguments. @throws StateFailure States.IntrinsicFailure */
export type Intrinsic = (args: Arguments, random: Random) => Json;

/** Arguments with their types checked as they are taken. */
export class Arguments {
  readonly name: string;
  readonly values: readonly Json[];

  constructor(name: string, values: readonly Json[]) {
    this.name = name;
    this.values = values;
  }

  count(least: number, most = least): void {
    if (this.values.length < least || this.values.length > most) this.refuse(`takes ${least} to ${most} arguments`);
  }

  any(index: number): Json {
    const value = this.values[index];
    return value === undefined ? this.refuse(`has no argument ${index + 1}`) : value;
  }

  text(index: number): string {
    const value = this.any(index);
    return typeof value === 'string' ? value : this.refuse(`wants a string as argument ${index + 1}`);
  }

  /** A whole number: as AWS does, others are rounded to the nearest. */
  whole(index: number): number {
    const value = this.any(index);
    return typeof value === 'number' ? Math.round(value) : this.refuse(`wants a number as argument ${index + 1}`);
  }

  list(index: number): readonly Json[] {
    const value = this.any(index);
    return isArray(value) ? value : this.refuse(`wants an array as argument ${index + 1}`);
  }

  object(index: number): { readonly [key: string]: Json } {
    const value = this.any(index);
    return isObject(value) ? value : this.refuse(`wants an object as argument ${index + 1}`);
  }

  refuse(why: string): never {
    throw intrinsicFailure(`The function '${this.name}' ${why}`);
  }
}
