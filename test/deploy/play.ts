import { isDeepStrictEqual } from 'node:util';
import type { Moto } from '../../conformance/moto.ts';
import { deployerStatements } from '../../tools/deployerPermissions.ts';
import { type Clone, cloneOf } from './clone.ts';
import { type Connection, functionsAt, lookedAt, madeAt } from './made.ts';
import { editedNames, type Stack, stackAt, usedStage, useStage } from './people.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import { differences, type Thing, wantedBy } from './wanted.ts';

/** One command of the life of a stage. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly requests: number;
  /** Resources of the stack, and what hangs on them, that are there afterwards. */
  readonly things: number;
}

export interface Played {
  readonly phases: readonly Phase[];
  /** Empty: everything was as it must be. */
  readonly wrong: readonly string[];
  /** Resource type -> how many of the template moto did not make. */
  readonly notMade: ReadonlyMap<string, number>;
  /** The IAM actions that `serverless` itself asked for; what CloudFormation asks for on its behalf is not among them. */
  readonly actions: ReadonlySet<string>;
}

export const stage = 'prod';
export const region = 'eu-west-1';
export const mails = ['--param=onCallEmail=you@example.com'];

/** Deploys a clone of the project to moto, again without a change, again with one, and removes it. */
export async function playDeployment(root: string, moto: Moto): Promise<Played> {
  const clone = cloneOf(root, stage);
  const recorder = await openRecorder(moto.endpoint);
  try {
    return await play(clone, recorder, moto);
  } finally {
    await recorder.close();
    clone.remove();
  }
}

async function play(clone: Clone, recorder: Recorder, moto: Moto): Promise<Played> {
  const credentials = { accessKeyId: 'AKIAMOTO000000000000', secretAccessKey: 'moto-takes-any' };
  const connection: Connection = { endpoint: moto.endpoint, region, credentials };
  const phases: Phase[] = [];
  const wrong: string[] = [];
  const say = (name: string, what: readonly string[]) => wrong.push(...what.map((one) => `${name}: ${one}`));

  async function phase(name: string, command: string, parameters: readonly string[] = []): Promise<readonly Thing[]> {
    const [began, before] = [performance.now(), recorder.actions.length];
    const { exit, out, err } = await clone.serverless(
      command,
      { ...connection, endpoint: recorder.endpoint },
      parameters,
    );
    const seconds = (performance.now() - began) / 1000;
    if (exit !== 0) throw new Error(`${name}: serverless ${command} ended with ${exit}:\n${out}${err}`);
    const made = await madeAt(connection);
    phases.push({ name, seconds, requests: recorder.actions.length - before, things: made.length });
    return made;
  }

  const asPackaged = (name: string, made: readonly Thing[]): void => {
    const wanted = wantedBy(clone.template(), `firebreak-${stage}`, region).filter(({ kind }) => !lacks(kind));
    say(
      name,
      differences(
        wanted,
        made.filter(({ kind, text }) => !isEdit(kind, text)),
      ),
    );
  };
  const lacks = (kind: string): boolean => notMade(clone, moto).has(kind);

  const first = await phase('deploy', 'deploy', mails);
  asPackaged('deploy', first);
  say('deploy', unknownTypes(clone, moto));
  say('deploy', await codeProblems(clone, connection));
  const stack = await stackAt(connection, stage);
  say('deploy', stackProblems(stack, first));
  await useStage(connection, stage, stack);
  const used = await usedStage(connection, stage, stack);
  const stays = async (name: string): Promise<void> => {
    const now = await usedStage(connection, stage, stack);
    if (!isDeepStrictEqual(now, used)) say(name, [`of ${JSON.stringify(used)} is left ${JSON.stringify(now)}`]);
  };

  const same = await phase('redeploy without a change', 'deploy', mails);
  say('redeploy without a change', changes(first, same));
  say('redeploy without a change', await codeProblems(clone, connection));
  await stays('redeploy without a change');

  const before = clone.bundles();
  clone.edit(
    'functions/guard/handler.ts',
    'export const handler',
    'process.title = "the next version";\nexport const handler',
  );
  clone.edit('serverless.yml', 'memorySize: 512', 'memorySize: 640');
  const next = await phase('redeploy after a change', 'deploy', mails);
  asPackaged('redeploy after a change', next);
  say('redeploy after a change', await codeProblems(clone, connection));
  const changed = [...clone.bundles()].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
  if (changed.join() !== `firebreak-${stage}-guard`) say('redeploy after a change', [`it bundled ${changed} anew`]);
  await stays('redeploy after a change');
  if (!isDeepStrictEqual(await stackAt(connection, stage), stack))
    say('redeploy after a change', ['another table or bucket']);

  const left = await phase('remove', 'remove');
  const retained = wantedBy(clone.template(), `firebreak-${stage}`, region).filter((one) => one.retained);
  // As README and docs/deployment.md say.
  const stay = retained.map(({ id }) => id).join();
  if (stay !== 'IncidentTable,EvidenceBucket') say('remove', [`of the stack stays ${stay}`]);
  say(
    'remove',
    differences(
      retained,
      left.filter(({ kind, text }) => !isEdit(kind, text)),
    ),
  );
  await stays('remove');
  const actions = new Set(recorder.actions);
  say('permissions', notGranted(actions));
  return { phases, wrong, notMade: notMade(clone, moto), actions };
}

const isEdit = (kind: string, text: string): boolean =>
  kind === 'AWS::SSM::Parameter' && editedNames(stage).includes(text);

/** Of what `serverless` asked for, what the deployer's policy does not grant: on AWS the deployment ends there. */
function notGranted(actions: ReadonlySet<string>): readonly string[] {
  const granted = new Set(deployerStatements.flatMap(({ Action }) => Action));
  return [...actions].filter((action) => !granted.has(action)).map((action) => `nothing grants ${action}`);
}

/** Types of the template that moto's CloudFormation passes over, as it says itself. */
function notMade(clone: Clone, moto: Moto): ReadonlyMap<string, number> {
  const types = Object.values(clone.template().Resources).map(({ Type }) => Type);
  const passedOver = new Set(moto.log.map((line) => /^No Moto CloudFormation support for (\S+)/.exec(line)?.[1]));
  const counts = new Map<string, number>();
  for (const type of types) if (passedOver.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** A type that moto makes must be looked at; a new one of the template would go unseen. */
function unknownTypes(clone: Clone, moto: Moto): readonly string[] {
  const types = new Set(Object.values(clone.template().Resources).map(({ Type }) => Type));
  const lacking = notMade(clone, moto);
  return [...types]
    .filter((type) => !lookedAt.includes(type) && !lacking.has(type))
    .map((type) => `nothing looks at ${type}: test/deploy/made.ts`);
}

/** The code that is there is, byte for byte, what was bundled. */
async function codeProblems(clone: Clone, connection: Connection): Promise<readonly string[]> {
  const bundles = clone.bundles();
  const functions = await functionsAt(connection);
  return functions.flatMap(({ FunctionName = '', CodeSha256, Environment }) => {
    const gaps = JSON.stringify(Environment?.Variables ?? {}).includes('${');
    return [
      ...(CodeSha256 === bundles.get(FunctionName) ? [] : [`${FunctionName} does not run its bundle`]),
      ...(gaps ? [`the environment of ${FunctionName} has a gap`] : []),
    ];
  });
}

/** The parameter names the table, bucket, machine and topics that are there. */
function stackProblems(
  { incidentTable, bucket, stateMachineArn, topics }: Stack,
  made: readonly Thing[],
): readonly string[] {
  const names = [incidentTable, bucket, stateMachineArn, ...Object.values(topics)].map((name) =>
    name.split(':').at(-1),
  );
  const there = new Set(made.map(({ text }) => text));
  return names
    .filter((name) => name === undefined || !there.has(name))
    .map((name) => `the stack parameter names ${name}`);
}

/** What is there is called and configured as it was, but for the edits that people made meanwhile. */
function changes(before: readonly Thing[], after: readonly Thing[]): readonly string[] {
  const texts = (things: readonly Thing[]): readonly string[] =>
    things.filter(({ kind, text }) => !isEdit(kind, text)).map(({ kind, text }) => `${kind} ${text}`);
  const [then, now] = [texts(before), texts(after)];
  return [
    ...then.filter((one) => !now.includes(one)).map((one) => `gone: ${one}`),
    ...now.filter((one) => !then.includes(one)).map((one) => `new: ${one}`),
  ];
}
