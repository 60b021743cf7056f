import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import { keys } from '../../shared/incident/keys.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { changeAttribute, changeValue, noteMeeting, undoneAttribute } from '../../shared/incident/targets.ts';
import { type Concern, concernOf } from '../../shared/respond/concern.ts';
import { finding, image } from '../plan/fakes.ts';
import { planFor } from '../report/runs.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const index = `sha256:${'1'.repeat(64)}`;
const keyOf = (which: string): string => `image/123456789012/us-east-1/shop/api@${which}`;
let table = memoryTable();
beforeEach(() => {
  table = memoryTable();
});

const says = (value: 'ACTIVE' | 'ARCHIVED', observedAt = '2026-11-20T10:00:00.000Z'): Finding =>
  ({
    type: 'ImagePushed',
    account: '123456789012',
    region: 'us-east-1',
    observedAt,
    resource: { ...image, id: `shop/api@${digest}`, repository: 'shop/api', digest },
    says: { field: 'status', part: digest, value },
  }) as Finding;

const [step] = planFor([finding()]).steps.filter(({ facts }) => facts.contains);
if (step === undefined) throw new Error('The plan contains nothing');

const archived = (over: Partial<StandingChange> = {}): StandingChange => ({
  action: 'ecr.quarantine-image',
  before: { status: { [index]: 'ACTIVE', [digest]: 'ACTIVE' } },
  intended: { status: { [index]: 'ARCHIVED', [digest]: 'ARCHIVED' } },
  step,
  startedAt: '2026-11-20T09:00:00.400Z',
  startedBy: { incident: 'first', run: 'r1' },
  verifiedAt: '2026-11-20T09:00:40.000Z',
  ...over,
});

async function record(which: string, fields: object, change?: StandingChange): Promise<void> {
  const changes = change === undefined ? {} : { [changeAttribute(change.action)]: changeValue(change) };
  const target = keyOf(which);
  await table.putIfAbsent({ ...keys.target(target), target, version: 1, interested: [], ...fields, ...changes });
}
const asked = (finding: Finding): Promise<Concern> => concernOf({ table }, finding);
const reasonOf = async (finding: Finding): Promise<string> => {
  const concern = await asked(finding);
  return concern.kind === 'nobody' ? concern.reason : `incidents ${concern.incidents.join()}`;
};

describe('what an event says of an image', () => {
  it('concerns nobody where nothing of ours stands, also where something did', async () => {
    expect(await reasonOf(says('ACTIVE'))).toBe(`no containment of ours concerns shop/api@${digest}`);
    await record(digest, { ownerIncident: 'first', ownerRun: 'r1', interested: ['first'] });
    expect(await reasonOf(says('ACTIVE'))).toBe(`no containment of ours concerns shop/api@${digest}`);
  });

  it('concerns nobody any more where a person had it put back, and says who', async () => {
    const at = '2026-11-20T09:30:00.000Z';
    await record(digest, undoneAttribute({ until: at, since: at, by: 'ana', at, incident: 'first', run: 'r2' }));
    expect(await reasonOf(says('ACTIVE'))).toContain(`any more: ana had it put back (undo of first, decided ${at})`);
  });

  it('is our own doing where it says what is intended, before it was read back and after', async () => {
    const { verifiedAt: _not, ...started } = archived();
    await record(digest, { ownerIncident: 'first', ownerRun: 'r1' }, started);
    const ours = 'it says what run r1 of incident first intends: our own doing';
    expect(await reasonOf(says('ARCHIVED'))).toBe(ours);
    expect(await reasonOf(says('ARCHIVED', '2026-11-20T08:00:00.000Z'))).toBe(ours);
  });

  it('is our own doing while it is being put back, whatever it says', async () => {
    await record(digest, { ownerIncident: 'first', ownerRun: 'r2' }, archived({ undoingBy: 'r2' }));
    const ours = 'run r2 is putting back what was changed there: our own doing';
    expect([await reasonOf(says('ACTIVE')), await reasonOf(says('ARCHIVED'))]).toEqual([ours, ours]);
  });

  it('goes to the incident that owns what it is against', async () => {
    await record(digest, { ownerIncident: 'second', ownerRun: 'r1', interested: ['first', 'second'] }, archived());
    expect(await asked(says('ACTIVE'))).toEqual({ kind: 'incidents', incidents: ['second'] });
  });

  it('goes to one that needs it, where nobody owns it', async () => {
    await record(digest, { interested: ['third', 'first'] }, archived());
    expect(await asked(says('ACTIVE'))).toEqual({ kind: 'incidents', incidents: ['third'] });
  });

  it('is from before, where its whole second was over when we began; within that second it counts', async () => {
    await record(digest, { ownerIncident: 'first', ownerRun: 'r1' }, archived());
    expect(await reasonOf(says('ACTIVE', '2026-11-20T08:59:59.000Z'))).toMatch(
      /^it is from before 2026-11-20T09:00:00/,
    );
    expect(await asked(says('ACTIVE', '2026-11-20T09:00:00.000Z'))).toMatchObject({ kind: 'incidents' });
  });
});

describe('what was changed together with others', () => {
  beforeEach(() => noteMeeting(table, keyOf(index), [keyOf(index), keyOf(digest)]));

  it('is found by the target on which it was changed', async () => {
    await record(index, { ownerIncident: 'first', ownerRun: 'r1', interested: ['first'] }, archived());
    expect(await asked(says('ACTIVE'))).toEqual({ kind: 'incidents', incidents: ['first'] });
    expect(await reasonOf(says('ARCHIVED'))).toContain('our own doing');
  });

  it('is nobody’s where the change there is of other images', async () => {
    const change = archived({ intended: { status: { [index]: 'ARCHIVED' } } });
    await record(index, { ownerIncident: 'first', ownerRun: 'r1' }, change);
    expect(await reasonOf(says('ACTIVE'))).toContain('no containment of ours concerns');
  });

  it('is nobody’s where it is of a part that every object has, and no record', async () => {
    await record(index, { ownerIncident: 'first', ownerRun: 'r1' }, archived());
    const odd = { ...says('ACTIVE'), says: { field: 'status', part: 'constructor', value: 'ACTIVE' } };
    expect(await reasonOf(odd)).toContain('no containment of ours concerns');
  });

  it('goes to each incident that needs it by itself', async () => {
    await record(index, { ownerIncident: 'first', ownerRun: 'r1' }, archived());
    await record(digest, { ownerIncident: 'second', ownerRun: 'r1' }, archived());
    expect(await asked(says('ACTIVE'))).toEqual({ kind: 'incidents', incidents: ['second', 'first'] });
  });

  it('goes to who needs it though another is putting it back', async () => {
    await record(index, { ownerIncident: 'first', ownerRun: 'r1' }, archived());
    await record(digest, { ownerIncident: 'second', ownerRun: 'r2' }, archived({ undoingBy: 'r2' }));
    expect(await asked(says('ACTIVE'))).toEqual({ kind: 'incidents', incidents: ['first'] });
  });
});

it('what accuses asks no table: it belongs to the incident of its own resource', async () => {
  const { says: _says, ...finding } = says('ACTIVE');
  const refusing = { ...table, get: () => Promise.reject(new Error('no table')) };
  expect(await concernOf({ table: refusing }, finding)).toEqual({ kind: 'incidents', incidents: [keyOf(digest)] });
  await expect(concernOf({ table: refusing }, says('ACTIVE'))).rejects.toThrow('no table');
});
