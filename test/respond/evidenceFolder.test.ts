import { describe, expect, test } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import type { EvidenceStore, Target } from '../../shared/actions/contract.ts';
import { evidenceCapture } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import { actContext, readContext } from '../../shared/respond/context.ts';
import { folderOf, inFolder } from '../../shared/respond/evidenceFolder.ts';

const other = (id: string): Target => ({
  kind: 'other',
  id,
  arn: 'a',
  type: 'T',
  account: '123456789012',
  region: 'r',
});

describe('the folder of a target', () => {
  test('can be read, and means nothing to a path', () => {
    expect(folderOf(other('../../bodies/x y'))).toMatch(/^other--bodies-x-y-[0-9a-f]{8}$/);
  });

  test('is another for another target, though the readable part is the same', () => {
    expect(folderOf(other('a/b'))).not.toBe(folderOf(other('a-b')));
    expect(folderOf(other('x'.repeat(500)))).not.toBe(folderOf(other('x'.repeat(501))));
    expect(folderOf(other('x'.repeat(500))).length).toBeLessThan(100);
  });

  test('holds what is put, and gives it back by the same name', async () => {
    const held = new Map<string, string>();
    const store: EvidenceStore = {
      put: async (name, body) => {
        held.set(name, body);
        return { uri: name, sha256: '' };
      },
      get: async (name) => held.get(name) ?? null,
    };
    await inFolder(store, 'one').put('manifest.json', '1', 'application/json');
    await inFolder(store, 'two').put('manifest.json', '2', 'application/json');
    expect([...held.keys()]).toEqual(['one/manifest.json', 'two/manifest.json']);
    expect(await inFolder(store, 'one').get('manifest.json')).toBe('1');
  });
});

test('a step puts into the folder of its target, and Verify reads from there', async () => {
  const held = new Map<string, string>();
  const effects = {
    sessions: { read: async () => ({}) as never, write: async () => ({}) as never, role: () => 'ours' },
    clock: { now: () => new Date(0) },
    evidence: (incident: string, run: string, round: number): EvidenceStore => ({
      put: async (name, body) => {
        held.set(`${incident}/${run}/${round}/${name}`, body);
        return { uri: name, sha256: '' };
      },
      get: async (name) => held.get(`${incident}/${run}/${round}/${name}`) ?? null,
    }),
  };
  const about = (target: Target) => ({
    ...{ incident: 'i', run: 'r', round: 1, key: 'k', action: evidenceCapture, target, before: undefined },
    ...{ settings: { quietPullDays: 7 }, accusation: noAccusation, findings: [], shares: 1, lastTry: false },
    journal: { once: async (_name: string, call: () => Promise<never>) => call() },
  });
  for (const id of ['one', 'two']) {
    const { evidence } = await actContext(effects, about(other(id)));
    await evidence.put('manifest.json', id, 'application/json');
  }
  expect(held.size).toBe(2);
  const { evidence } = await readContext(effects, about(other('one')));
  expect(await evidence.get('manifest.json')).toBe('one');
});

test('a step that is at its turn knows that it is, and a plan knows that it is none', async () => {
  const effects = {
    sessions: { read: async () => ({}) as never, write: async () => ({}) as never, role: () => 'ours' },
    clock: { now: () => new Date(0) },
    evidence: (): EvidenceStore => ({ put: async (name) => ({ uri: name, sha256: '' }), get: async () => null }),
  };
  const about = {
    ...{ incident: 'i', run: 'r', action: evidenceCapture, target: other('one'), before: undefined },
    ...{ settings: { quietPullDays: 7 }, accusation: noAccusation },
  };
  expect(await readContext(effects, about)).not.toHaveProperty('atItsTurn');
  expect(await readContext(effects, { ...about, round: 1 })).toHaveProperty('atItsTurn', true);
});
