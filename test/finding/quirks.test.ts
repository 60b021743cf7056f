import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hostileTexts, read, withAt } from './brokenEvent.ts';
import { placesIn } from './changedEvent.ts';
import { parsed, sampleEvent } from './sampleEvent.ts';
import { expectSound } from './soundFinding.ts';

const url = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const names = readdirSync(url('events/'))
  .filter((name) => name.endsWith('.json') && !name.includes('malformed'))
  .map((name) => name.replace('.json', ''));

describe('every sample', () => {
  test('without `resources` on top, or with anything there, reads the same', () => {
    for (const name of names) {
      const event = sampleEvent(name);
      for (const resources of [undefined, null, [], 'text', ['i-*']]) {
        expect(parsed({ ...event, resources }), name).toEqual(parsed(event));
      }
    }
  });

  test('reads the same in New York as here', () => {
    const code = `
      const { parseEnvelope } = await import('${url('shared/finding/envelope.ts').href}');
      const { parseEvent } = await import('${url('shared/finding/registry.ts').href}');
      const { readFileSync } = await import('node:fs');
      const read = (name) => JSON.parse(readFileSync(new URL(name + '.json', '${url('events/').href}'), 'utf8'));
      const names = ${JSON.stringify(names)};
      console.log(JSON.stringify(names.map((name) => parseEvent(parseEnvelope(read(name))))));`;
    const env = { ...process.env, TZ: 'America/New_York' };
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { env, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(names.map((name) => parsed(sampleEvent(name))));
  });
});

describe.each([
  'ecr-scan-critical',
  'inspector-scan-critical',
  'inspector-finding-exploited',
  'inspector-finding-two-images',
  'inspector-finding-instance',
  'inspector-finding-instance-reachable',
  'inspector-finding-function',
  'inspector-finding-function-code',
])('%s', (name) => {
  test('with anything in place of any one field is findings, ignored or invalid at that place', () => {
    const event = sampleEvent(name);
    for (const path of placesIn(event.detail)) {
      for (const value of [undefined, null, 7, [], {}, ...hostileTexts]) {
        const result = read(withAt(event, path, value));
        if (typeof result === 'string' || result.length > 0) expectSound(result);
      }
    }
  });
});

describe('the list of what AWS sends (docs/events.md)', () => {
  const rows = [...readFileSync(url('docs/events.md'), 'utf8').matchAll(/^\|.*\| `([^`]+\.test\.ts)`: (.+) \|$/gm)];

  test('has a test in every row', () => {
    const lines = readFileSync(url('docs/events.md'), 'utf8').split('\n');
    const written = lines.filter((line) => line.startsWith('| ') && !line.startsWith('| AWS sends'));
    expect(rows.length).toBe(written.length);
  });

  test.each(rows.map(([, file = '', words = '']) => [file, words] as const))('%s has a test "%s"', (file, words) => {
    const lines = readFileSync(url(`test/${file}`), 'utf8').split('\n');
    const titles = lines.filter((line) => /^\s*(?:test|it|describe|\]\)|\[?['"`])/.test(line));
    expect(titles.filter((line) => line.includes(words))).not.toEqual([]);
  });
});
