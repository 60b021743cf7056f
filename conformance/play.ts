import type { Json, JsonObject } from '../shared/platform/json.ts';
import { keepFailures } from './failures.ts';
import { type Labels, normalise } from './normalise.ts';
import { plain } from './plain.ts';
import type { Client, Connection, Script, Seen, Step } from './script.ts';

/** One side of the comparison, ready to be asked. */
export interface Side {
  readonly name: 'sandbox' | 'moto';
  readonly connection: Connection;
  /** Lets time pass, milliseconds: the sandbox's is virtual. */
  readonly pass: (ms: number) => Promise<void>;
  /** Lets what is under way arrive. */
  readonly settle: () => Promise<void>;
}

export interface Answer {
  readonly step: string;
  readonly operation: string;
  /** answered; refused with an error; the side has no such operation; an earlier answer lacks what the step needs. */
  readonly kind: 'answered' | 'refused' | 'lacking' | 'unasked';
  /** Normalised: the output with `$status`, or `$error`, `$status` and, where they count, the words. */
  readonly value: JsonObject;
}

const TRIES = 200;
const BETWEEN_MS = 50;

/** Asks one side everything, one after the other. */
export async function play(script: Script, side: Side): Promise<readonly Answer[]> {
  const main = watched(script.client(side.connection) as Client);
  const made = Object.entries(script.others ?? {}).map(
    ([name, make]) => [name, watched(make(side.connection) as Client)] as const,
  );
  const others = new Map(made);
  const raw = new Map<string, Json>();
  const labels: Labels = new Map();
  const seen: Seen = (step, path) => textAt(raw.get(step), step, path);
  const answers: Answer[] = [];
  try {
    for (const step of script.steps) {
      const client = step.through === undefined ? main : others.get(step.through);
      if (client === undefined) throw new Error(`${script.service}: no client named ${step.through}`);
      const { operation, kind, value } = await ask(client, side, step, seen);
      raw.set(step.name, value);
      const rules = { fields: script.fields, endpoint: side.connection.endpoint, step: step.name, labels };
      answers.push({ step: step.name, operation, kind, value: normalise(value, rules) as JsonObject });
    }
  } finally {
    for (const { client } of [main, ...others.values()]) client.destroy();
  }
  return answers;
}

/** A client, and what its server said when it fell over. */
interface Watched {
  readonly client: Client;
  readonly failure: () => string;
}

const watched = (client: Client): Watched => ({ client, failure: keepFailures(client).last });

type Raw = Pick<Answer, 'operation' | 'kind' | 'value'>;

async function ask(client: Watched, side: Side, step: Step, seen: Seen): Promise<Raw> {
  let command: object;
  try {
    command = step.ask(seen);
  } catch (error) {
    if (!(error instanceof NotSeen)) throw error;
    return {
      operation: operationOf(
        step,
        step.ask(() => 'x'),
      ),
      kind: 'unasked',
      value: { $unasked: error.message },
    };
  }
  const operation = operationOf(step, command);
  if (step.settled === true) await side.settle();
  for (let tries = 1; ; tries += 1) {
    const answer = await once(client, command, step.words === true);
    const done = step.until === undefined || answer.kind !== 'answered' || step.until(answer.value);
    if (done || tries === TRIES) return { operation, ...answer };
    await side.pass(BETWEEN_MS);
  }
}

const operationOf = (step: Step, command: object): string =>
  step.of ?? command.constructor.name.replace(/Command$/, '');

async function once({ client, failure }: Watched, command: object, words: boolean): Promise<Omit<Raw, 'operation'>> {
  try {
    const { $metadata, ...output } = (await client.send(command)) as Answered;
    return {
      kind: 'answered',
      value: { $status: $metadata.httpStatusCode ?? 0, ...((await plain(output)) as JsonObject) },
    };
  } catch (error) {
    return refusal(error as Refused, failure(), words);
  }
}

interface Answered {
  readonly $metadata: { readonly httpStatusCode?: number };
}

interface Refused extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly Item?: object;
}

/** How the sandbox says that it has no such operation. */
const LACKING = /The sandbox has no operation[^"]*/;

/** Stands for an error where there is no answer that AWS could give: the server fell over, with a page of its web framework. */
export const FAILS = '<fails>';

async function refusal(error: Refused, failure: string, words: boolean): Promise<Omit<Raw, 'operation'>> {
  const status = error.$metadata?.httpStatusCode ?? 0;
  const [lacking] = LACKING.exec(error.message) ?? LACKING.exec(failure) ?? [];
  if (lacking !== undefined) return { kind: 'lacking', value: { $lacking: lacking } };
  if (failure.startsWith('<!doctype html')) return { kind: 'refused', value: { $error: FAILS, $status: status } };
  const item = error.Item === undefined ? {} : { Item: await plain(error.Item) };
  const said = words ? { $message: error.message } : {};
  return { kind: 'refused', value: { $error: error.name, $status: status, ...said, ...item } };
}

/** An earlier answer of this side lacks what a step is made of. */
class NotSeen extends Error {}

function textAt(from: Json | undefined, step: string, path: string): string {
  const found = path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], from);
  if (typeof found === 'string') return found;
  throw new NotSeen(`no ${path} in the answer of "${step}"`);
}
