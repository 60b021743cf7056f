import type { Operation } from '../../account.ts';

/** Names of one side for those of the other; `Parent.Name` for a member of one parent alone. */
interface Names {
  readonly [name: string]: string;
}

/** How EC2 spells the members of one operation where the SDK spells them otherwise. What many spell alike the door knows. */
export interface Spelling {
  /** The form's names, and the SDK's. */
  readonly in?: Names;
  /** The SDK's names, and those in the answer, which begin with a small letter. */
  readonly out?: Names;
}

/** An operation as it is spelt on the wire. */
export function spelt(operation: Operation, { in: asked = {}, out: answered = {} }: Spelling): Operation {
  const { needs, run } = operation as Operation<unknown>;
  return {
    needs: (input, account) => needs(renamed(input, asked), account),
    run: async (input, call) => renamed(await run(renamed(input, asked), call), answered),
  };
}

/** `parent` is the SDK's name, or the form's, of the member that holds the value. */
function renamed(value: unknown, names: Names, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names, parent));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      names[`${parent}.${name}`] ?? names[name] ?? name,
      renamed(member, names, name),
    ]),
  );
}
