import { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { faultsRules, faultsWorld, plays } from '../../faults/plays.ts';
import { scanEvent } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { foreignIn } from './foreign.ts';

const account = '210987654321';
const region = 'eu-central-1';

/** The same in another account and Region, where whatever was written down for the usual ones shows; no digest reads like an account. */
const moved = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('123456789012', account)
      .replaceAll('us-east-1', region)
      .replaceAll(/(\d)\1{63}/g, (digits) => `a${digits.slice(1)}`),
  );

/** Everything that this process answers over HTTP, headers and body, until it is disposed of. */
function answersOf(): { readonly texts: readonly string[] } & Disposable {
  const texts: string[] = [];
  const { end } = ServerResponse.prototype;
  ServerResponse.prototype.end = function kept(this: ServerResponse, ...args: unknown[]) {
    const [body] = args;
    texts.push(
      `${JSON.stringify(this.getHeaders())}\n${typeof body === 'string' || Buffer.isBuffer(body) ? body : ''}`,
    );
    return Reflect.apply(end, this, args) as ServerResponse;
  } as typeof end;
  return {
    texts,
    [Symbol.dispose]() {
      ServerResponse.prototype.end = end;
    },
  };
}

/** Calls that change something, and went well. */
const changes = ({ account: { trail } }: Stage): ReadonlySet<string> =>
  new Set(trail.flatMap(({ action, result }) => (result === 'ok' ? (action.split(':')[1] ?? []) : [])));

it('of all that the product asks for in containments and their undo, no answer names what is another’s', async () => {
  using answers = answersOf();
  await using opened = await openStage({ world: moved(faultsWorld()), rules: faultsRules });
  const stage: Stage = {
    ...opened,
    deliver: (envelope, times) => opened.deliver(moved(envelope), times),
    scan(image) {
      const envelope = moved(scanEvent({ image, id: 'e-1', time: new Date(opened.sandbox.clock.now()) }));
      opened.deliver(envelope);
      return envelope;
    },
    undo: (incident) => opened.undo(moved(incident)),
  };
  for (const { begin } of plays.filter((play) => /^(undo-)?(miner|platform)$|^alone$/.test(play.name))) {
    await begin(stage);
    await stage.settle();
  }
  const wanted = [
    ...['AssumeRole', 'StartExecution', 'SendTaskSuccess', 'PutItem', 'UpdateItem', 'PutObject', 'Publish'],
    ...['UpdateService', 'RegisterTaskDefinition', 'RegisterScalableTarget', 'StopTask', 'UpdateTaskProtection'],
    ...['UpdateImageStorageClass', 'PutParameter'],
  ];
  expect(wanted.filter((operation) => !changes(stage).has(operation))).toEqual([]);
  const own = { account, region, endpoint: stage.account.endpoint };
  const foreign = answers.texts.map((text) => ({ text: text.slice(0, 2000), found: foreignIn(text, own) }));
  expect(foreign.filter(({ found }) => found.length > 0)).toEqual([]);
});
