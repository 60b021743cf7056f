import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configChange } from '../../shared/finding/configChange.ts';
import { hubFinding } from '../../shared/finding/hubFinding.ts';
import { imageActivity } from '../../shared/finding/imageActivity.ts';
import { imageScan } from '../../shared/finding/imageScan.ts';
import { runningImage } from '../../shared/finding/runningImage.ts';
import { threatFinding } from '../../shared/finding/threatFinding.ts';
import { invalidPath, parsed, sampleEvent } from './sampleEvent.ts';

const folder = new URL('../../events/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
interface Expected {
  readonly event: string;
  readonly decision: string | null;
  readonly why: string;
}
const expected = readFileSync(new URL('expected.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Expected);

describe('the sample events', () => {
  test('each have one line that says what they must lead to, and why', () => {
    expect(expected.map((line) => line.event).sort()).toEqual([...files].sort());
    expect(expected.every((line) => line.why.length > 10)).toBe(true);
  });

  test('have ids of their own', () => {
    const ids = files.map((file) => sampleEvent(file.replace('.json', ''))['id']);
    expect(new Set(ids).size).toBe(files.length);
  });

  test.each(expected.filter((line) => line.decision === 'invalid'))('$event is invalid at the path it says', (line) => {
    const said = /at (\S+)$/.exec(line.why)?.[1];
    expect(invalidPath(() => parsed(sampleEvent(line.event.replace('.json', ''))))).toBe(said);
  });

  test.each(expected.filter((line) => line.decision !== 'invalid'))(
    '$event reads, and only what is to be ignored is ignored',
    (line) => {
      const result = parsed(sampleEvent(line.event.replace('.json', '')));
      if (result.kind === 'ignored') expect(line.decision).toBe('ignore');
      else expect(result.findings.length).toBeGreaterThan(0);
    },
  );

  test('each source says what it is, and what is no news of it', () => {
    const all = [imageScan, imageActivity, threatFinding, configChange, hubFinding, runningImage];
    expect(all.map(({ name }) => name)).toEqual([
      ...['imageScan', 'imageActivity', 'threatFinding', 'configChange', 'hubFinding', 'runningImage'],
    ]);
    expect(runningImage.volatile).toEqual(['observedAt', 'title', 'resource.tags', 'refused.runs']);
    expect(imageActivity.volatile).toEqual(['observedAt', 'resource.tags']);
    expect(imageScan.volatile).toEqual(['observedAt', 'vulnerability.exploited.at']);
    expect(configChange.volatile).toEqual(['observedAt']);
    expect(threatFinding.volatile).toEqual(['observedAt', 'threat.count']);
    expect(hubFinding.volatile).toEqual(['observedAt', 'threat.count', 'product', 'vulnerability.exploited.at']);
  });
});
