import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadArtifacts, root } from '../../../cli/artifacts.ts';
import { redact } from '../../../cli/events/redact.ts';
import { explainAll } from '../../../cli/explain/command.ts';
import { type Route, routesOf } from '../../../cli/explain/routes.ts';
import { parseEnvelope } from '../../../shared/finding/envelope.ts';
import { parseEvent } from '../../../shared/finding/registry.ts';

const folder = join(root, 'events');
const samples = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

let routes: readonly Route[];
beforeAll(() => {
  routes = routesOf(loadArtifacts().template);
});

const miner = () => read('guardduty-ecs-miner.json');
/** An event with more in it. */
const withIn = (event: ReturnType<typeof miner>, service: object, resource: object = {}) => ({
  ...event,
  detail: {
    ...event.detail,
    service: { ...event.detail.service, ...service },
    resource: { ...event.detail.resource, ...resource },
  },
});
const findings = (event: unknown) => parseEvent(parseEnvelope(event));

describe('a redacted event', () => {
  it('is one for every sample that is an event', () => {
    const lost = samples.filter((name) => redact(read(name), routes) === null);
    expect(lost).toEqual([]);
  });

  it('of every sample has everything explained of it as before: decision, rule, plan and page', async () => {
    const options = { rules: join(root, 'rules'), at: new Date('2026-11-20T10:00:00Z') };
    const key = /\b(AKIA|ASIA)[A-Za-z0-9]{16}\b/g;
    const plain = (explained: unknown) => JSON.stringify(explained).replace(key, 'a key');
    const [before, after] = [
      await explainAll(samples.map(read), options),
      await explainAll(
        samples.map((name) => redact(read(name), routes)),
        options,
      ),
    ];
    for (const [at, one] of after.entries()) expect(plain(one), samples[at]).toBe(plain(before[at]));
    // Else this says nothing.
    expect(new Set(before.map(({ decision }) => decision)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(before.map(({ rule }) => rule?.name)).size).toBeGreaterThanOrEqual(8);
  });

  it('holds no command line, user, local address, tag, description, or anything else of which no finding is made', () => {
    const secrets = {
      commandLineExample: 'mysql -p s3cret-1',
      pwd: '/home/s3cret-2',
      environment: [{ name: 'TOKEN', value: 's3cret-3' }],
      lineage: [{ name: 's3cret-4', executablePath: '/s3cret-5' }],
    };
    const event = withIn(
      miner(),
      {
        runtimeDetails: { process: { name: 'xmrig', user: 's3cret-6', ...secrets }, context: secrets },
        newInAnotherYear: { deep: [{ note: 's3cret-7' }], 's3cret-8': true },
      },
      {
        instanceDetails: { networkInterfaces: [{ privateIpAddress: '10.9.8.7' }], tags: [{ 's3cret-9': 's3cret-10' }] },
      },
    );
    const more = { ...event, resources: ['arn:s3cret-11'], detail: { ...event.detail, description: 's3cret-12' } };
    const text = JSON.stringify(redact(more, routes));
    expect(text).not.toMatch(/s3cret|10\.9\.8\.7/);
    expect(JSON.parse(text)).toMatchObject({ id: more.id, time: more.time, account: more.account });
    expect(findings(JSON.parse(text))).toEqual(findings(more));
  });

  it('keeps what a rule can ask for: process, path, files, names, the other end', () => {
    const event = read('guardduty-hostile-process.json');
    const [finding] = ((parsed) => (parsed.kind === 'findings' ? parsed.findings : []))(
      findings(redact(event, routes)),
    );
    expect(finding?.threat?.process?.path).toBeTruthy();
    expect(findings(redact(event, routes))).toEqual(findings(event));
  });

  it('keeps of the JSON within `additionalInfo` what is read of it alone', () => {
    const value = JSON.stringify({
      sample: true,
      threatListName: 'ProofPoint',
      userAgent: 's3cret',
      unusual: { isps: ['x'] },
    });
    const redacted = redact(withIn(miner(), { additionalInfo: { value, type: 'default' } }), routes);
    expect(redacted).toMatchObject({
      detail: { service: { additionalInfo: { value: '{"sample":true,"threatListName":"ProofPoint"}' } } },
    });
    const broken = redact(withIn(miner(), { additionalInfo: { value: '{s3cret' } }), routes);
    expect(JSON.stringify(broken)).not.toContain('s3cret');
  });

  it('has another id in the place of an access key: the same for the same, and no key', () => {
    const key = (text: string) =>
      redact({ ...miner(), detail: { ...miner().detail, title: `by ${text} of ${text}` } }, routes) as ReturnType<
        typeof miner
      >;
    const [a, again, b] = ['AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'].map(key);
    expect(a.detail.title).toMatch(/^by (AKIA[0-9a-f]{16}) of \1$/);
    expect([again.detail.title, b.detail.title === a.detail.title]).toEqual([a.detail.title, false]);
  });

  it('is none where the value is no object; where the event is invalid it is so for the same reason', () => {
    expect(['text', null, [miner()], 7].map((value) => redact(value, routes))).toEqual([null, null, null, null]);
    const invalid = { ...miner(), detail: { ...miner().detail, severity: 'high', description: 's3cret' } };
    const redacted = redact(invalid, routes);
    expect(JSON.stringify(redacted)).not.toContain('s3cret');
    expect(() => findings(redacted)).toThrow('detail.severity must be a number');
  });

  it('is none when it would say something else', () => {
    // Files are in order of their names, in which a key's stand-in may lie elsewhere.
    const context = { threatFilePath: '/tmp/AKIAIOSFODNN7EXAMPLE', filePath: '/tmp/AKIA5' };
    expect(redact(withIn(miner(), { runtimeDetails: { context } }), routes)).toBeNull();
  });

  it('says the same as before, whatever is put into it, wherever', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant({ s3cret: 's3cret' }),
    );
    const places = samples.flatMap((name) => pathsIn(read(name), []).map((path) => ({ name, path })));
    fc.assert(
      fc.property(fc.constantFrom(...places), leaf, ({ name, path }, value) => {
        const event = changed(read(name), path, value);
        const redacted = redact(event, routes);
        if (redacted === null) return;
        const said = (of: unknown): unknown => {
          try {
            return findings(of);
          } catch (error) {
            return String(error);
          }
        };
        expect(said(redacted)).toEqual(said(event));
      }),
      { numRuns: 1500 },
    );
  });
});

type Path = readonly string[];

function pathsIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key]))].filter(
    ({ length }) => length > 0,
  );
}

function changed(value: unknown, [key = '', ...rest]: Path, to: unknown): unknown {
  const next = rest.length === 0 ? to : changed((value as { [key: string]: unknown })[key], rest, to);
  return Array.isArray(value) ? value.with(Number(key), next) : { ...(value as object), [key]: next };
}
