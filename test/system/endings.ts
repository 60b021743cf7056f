import { expect } from 'vitest';
import { bin } from './firebreak.ts';
import { type ProcessGroup, startGroup } from './processGroup.ts';

/** The first step of the first scenario has happened: an account with workers is open, and the next step is under way. */
export const FIRST_STEP = /^\d\d:\d\d:\d\d {2}/m;
/** What `firebreak sandbox --json` says when it takes calls. */
export const READY = /^\{"endpoint":"http:.*\}$/m;

const some = expect.any(String);

/** What scripts read, and no more until there is more: docs/commands.md. */
const readyLine = {
  endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  region: 'us-east-1',
  account: '123456789012',
  accessKeyId: some,
  secretAccessKey: some,
  stage: 'dev',
  stack: { stateMachineArn: some, incidentTable: some, topics: { page: some, notice: some, digest: some } },
  console: expect.stringMatching(/^http:\/\/\w+\.lambda-url\.localhost:\d+\/$/),
};

export const firebreakGroup = (...args: readonly string[]): ProcessGroup =>
  startGroup(process.execPath, [bin, ...args]);

/** Waits until every process of the group is gone, which is when `ended` can be asked: one that stays would hold the output. */
export async function nothingLeft(group: ProcessGroup): Promise<void> {
  await expect.poll(() => group.left(), { timeout: 10_000 }).toEqual([]);
  expect(group.files()).toEqual([]);
}

/** Where it takes calls, once it does. */
export const endpointOf = async (group: ProcessGroup): Promise<string> =>
  JSON.parse(READY.exec(await group.printed(READY))?.[0] ?? '').endpoint;

/** Nothing is left, and nobody listens where it did. */
export async function gone(group: ProcessGroup, endpoint: string): Promise<void> {
  await nothingLeft(group);
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
}

/** A demo that is under way ends as the signal ends any program. */
export async function endsDemo(signal: NodeJS.Signals): Promise<void> {
  using group = firebreakGroup('demo');
  await group.printed(FIRST_STEP);
  group.signal(signal);
  await nothingLeft(group);
  expect(await group.ended).toEqual([null, signal]);
}

/** A sandbox that takes calls has done what it was asked for. */
export async function endsSandbox(signal: NodeJS.Signals): Promise<void> {
  using group = firebreakGroup('sandbox', '--json');
  const ready = JSON.parse(await group.printed(READY));
  expect(ready).toEqual(readyLine);
  const { endpoint } = ready;
  expect((await fetch(`${endpoint}/_sandbox/trail`)).status).toBe(200);
  group.signal(signal);
  await nothingLeft(group);
  expect(await group.ended).toEqual([0, null]);
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
}
