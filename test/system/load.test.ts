import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Loaded, loadedAtStart, type Start, startsOf } from '../../bench/start.ts';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist');
const bundles = readdirSync(join(dist, 'bundles'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const LARGEST = 600 * 1024;
/** It parses YAML, lints and carries the shipped pack: of an incident nobody waits for it. */
const LARGEST_OF_GUARD = 700 * 1024;
const LARGEST_MEDIAN = 480 * 1024;

describe('what a handler loads before it is ready', () => {
  const loaded = new Map<string, Loaded>();

  beforeAll(async () => {
    for (const start of await startsOf(dist)) loaded.set(start.bundle, loadedAtStart(start));
  });

  it('is known for every bundle, started with the environment that the template gives it', () => {
    expect([...loaded.keys()].toSorted()).toEqual(bundles.toSorted());
  });

  it.each(bundles)('%s: at most 600 KiB, the guard 700', (bundle) => {
    const { bytes, files } = loaded.get(bundle) ?? {};
    expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(bundle === 'guard' ? LARGEST_OF_GUARD : LARGEST);
  });

  it.each(bundles)(
    '%s: DynamoDB as the only client, none of an action (ecr, ecs, lambda …); channel none',
    (bundle) => {
      // A page goes by it although the table is down.
      expect(loaded.get(bundle)?.clients).toEqual(bundle === 'channel' ? [] : ['dynamodb']);
    },
  );

  it.each(bundles)('%s: no action, before a rule asks for one', (bundle) => {
    const paths = loaded.get(bundle)?.files.map(({ path }) => path) ?? [];
    expect(paths).toContain('handler.cjs');
    expect(paths.filter((path) => path.startsWith('action.'))).toEqual([]);
  });

  it('is at most 480 KiB in the median', () => {
    const sizes = [...loaded.values()].map(({ bytes }) => bytes).toSorted((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(LARGEST_MEDIAN);
  });
});

describe('the look at what is loaded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-load-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const written = (handler: string): Start => {
    const file = join(folder, 'handler.cjs');
    writeFileSync(file, handler);
    return { bundle: 'made up', folder, file, environment: {} };
  };

  it('sees a client that is required at once, with its bytes, and not one that is required on first use', () => {
    const ecr = join(dist, 'bundles', 'act', 'sdk', 'ecr.cjs');
    mkdirSync(join(folder, 'sdk'));
    copyFileSync(ecr, join(folder, 'sdk', 'ecr.cjs'));
    const eager = loadedAtStart(written("require('./sdk/ecr.cjs');"));
    expect(eager.clients).toEqual(['ecr']);
    expect(eager.files.map(({ path }) => path)).toEqual(['handler.cjs', join('sdk', 'ecr.cjs')]);
    expect(eager.bytes).toBeGreaterThan(statSync(ecr).size);
    expect(loadedAtStart(written("exports.handler = () => require('./sdk/ecr.cjs');")).clients).toEqual([]);
  });

  it('says why a handler does not load', () => {
    expect(() => loadedAtStart(written("throw new Error('TABLE is missing')"))).toThrow('TABLE is missing');
  });
});
