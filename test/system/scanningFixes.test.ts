import { describe, expect, it } from 'vitest';
import { faults } from '../../sandbox/faults/faults.ts';
import { type RegistryScanning, registryScanning } from '../../sandbox/services/ecr/registryScanning.ts';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { enableScanning as action } from '../../shared/actions/enableScanning/enableScanning.ts';
import { bundledWithout } from './bundledWithout.ts';
import { configFinding } from './configFinding.ts';
import { scanOnly } from './pushing.ts';
import { openStage, type Stage } from './stage.ts';

const repository = 'shop/price-list';
const other = 'shop/till';
const filter = 'shop/price*-list';
const incidentOf = (name: string): string => `ecr-repository/123456789012/us-east-1/${name}`;
const image = (letter: string) => ({ digest: `sha256:${letter.repeat(64)}`, tags: ['1.0'] });

const worldWith = (scanning: object | undefined, tags: { readonly [name: string]: string } = {}) =>
  worldSchema.parse({
    repositories: [
      { name: repository, tags, images: [image('a')] },
      { name: other, images: [image('b')] },
    ],
    ...(scanning === undefined ? {} : { registryScanning: scanning }),
  });

const theirs = { scanFrequency: 'SCAN_ON_PUSH', filters: ['web/*'] } as const;
const always = { scanFrequency: 'CONTINUOUS_SCAN', filters: ['core/*'] } as const;

const enforced = (params = '') => ({
  scanned: `name: scanned
when:
  $or:
    - compliance: { rule: [ecr-private-image-scanning-enabled] }
    - type: [ScanningSwitchedOff]
  status: [open]
do:
  - ecr.enable-scanning${params}
mode: enforce
`,
});

/** AWS Config finds that nobody scans what is pushed into a repository. */
async function found(stage: Stage, ...names: readonly string[]): Promise<void> {
  for (const name of names.length === 0 ? [repository] : names) {
    stage.deliver(configFinding(stage, 'config-repository-scanning', name));
  }
  await stage.settle();
}

const rulesOf = ({ account }: Stage): RegistryScanning['rules'] => registryScanning(account).is.rules;
const onPush = ({ account }: Stage, name = repository) => repositories(account).get(name)?.scanOnPush;
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const subject = (words: string, name = repository): string => `NO ACTION: ${name} ${words}, us-east-1 123456789012`;
const undo = async (stage: Stage, name = repository): Promise<void> => {
  await stage.undo(incidentOf(name));
  await stage.settle();
  await stage.pass(120);
};

describe('a repository that nobody scans', () => {
  it('is told with what would have it scanned, under the shipped rules, and left as it is', async () => {
    await using stage = await openStage({ rules: {}, world: worldWith(undefined) });
    await found(stage);
    expect(heard(stage)).toEqual([`digest ${subject('seen, nothing done')}`]);
    expect(stage.told()[0]?.body).toContain(`Have what is pushed into repository ${repository} scanned.`);
    expect(onPush(stage)).toBe(false);
  });

  it('is scanned by what it says itself, where the registry has no rules; an undo takes that back', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith(undefined, { team: 'payments' }) });
    await found(stage);
    expect([onPush(stage), onPush(stage, other), rulesOf(stage)]).toEqual([true, false, []]);
    expect(heard(stage)).toEqual([`digest ${subject('fixed')}`]);
    expect(stage.told()[0]?.body).toContain('Owner payments (tag team)');
    expect(stage.told()[0]?.body).toContain(`What was pushed into ${repository} before is not scanned by this.`);
    await undo(stage);
    expect([onPush(stage), rulesOf(stage)]).toEqual([false, []]);
    expect(heard(stage).slice(1)).toEqual([`notice ${subject('undone')}`]);
  });

  it('is added to the rules of a registry that has some, which stay as they are; an undo takes it out', async () => {
    const scanning = { rules: [theirs] };
    await using stage = await openStage({ rules: enforced(), world: worldWith(scanning) });
    await found(stage);
    expect(rulesOf(stage)).toEqual([{ ...theirs, filters: ['web/*', filter] }]);
    expect(onPush(stage)).toBe(false);
    expect(heard(stage)).toEqual([`digest ${subject('fixed')}`]);
    await undo(stage);
    expect(rulesOf(stage)).toEqual([theirs]);
    // All that it declares to put back is what has it scanned: `scanOnPush`, or the rules.
    expect(action.restores).toEqual(['scannedBy']);
    expect(heard(stage).slice(1)).toEqual([`notice ${subject('undone')}`]);
  });

  it('gets the rule that enhanced scanning lacks, as the rule asks; an undo takes out that rule, and stays', async () => {
    const scanning = { scanType: 'ENHANCED', rules: [theirs] };
    const rules = enforced(': { enhanced: CONTINUOUS_SCAN }');
    await using stage = await openStage({ rules, world: worldWith(scanning) });
    await found(stage);
    expect(rulesOf(stage)).toEqual([theirs, { scanFrequency: 'CONTINUOUS_SCAN', filters: [filter] }]);
    await undo(stage);
    expect(rulesOf(stage)).toEqual([theirs]);
    // ECR says of our own undo that scanning was switched off: that is held to the undo, told once, and nothing is switched on again.
    await stage.pass(3600);
    expect(rulesOf(stage)).toEqual([theirs]);
    expect(heard(stage).slice(1)).toEqual([`notice ${subject('undone')}`, `notice ${subject('held until you look')}`]);
    expect(stage.told().at(-1)?.body).toContain(
      'It was undone by a person: nothing is changed for this incident until',
    );
  });

  it('is put back into the rules that somebody took it out of', async () => {
    const scanning = { scanType: 'ENHANCED', rules: [{ ...theirs, filters: ['*'] }, always] };
    await using stage = await openStage({ rules: enforced(), world: worldWith(scanning) });
    await scanOnly(stage, 'shop/till');
    await stage.settle();
    expect(rulesOf(stage)).toEqual([{ scanFrequency: 'SCAN_ON_PUSH', filters: ['shop/till', filter] }]);
  });

  it('keeps what somebody else has written into the rules since, when it is undone', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith({ rules: [theirs] }) });
    await found(stage);
    registryScanning(stage.account).is = {
      scanType: 'ENHANCED',
      rules: [always, { ...theirs, filters: ['new/*', filter, 'web/*'] }],
    };
    await undo(stage);
    expect(registryScanning(stage.account).is).toEqual({
      scanType: 'ENHANCED',
      rules: [always, { ...theirs, filters: ['new/*', 'web/*'] }],
    });
  });

  it('is left out where somebody took it out of the rules again by hand, and that is told', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith({ rules: [theirs] }) });
    await found(stage);
    registryScanning(stage.account).is = { scanType: 'BASIC', rules: [theirs] };
    await stage.pass(3600);
    await found(stage);
    expect(rulesOf(stage)).toEqual([theirs]);
    expect(heard(stage).slice(1)).toEqual([expect.stringMatching(/^notice NO ACTION: shop\/price-list held/)]);
    expect(stage.told().at(-1)?.body).toContain('Somebody has changed it back by hand');
  });

  it('is held until somebody decides where it is protected', async () => {
    const world = worldWith({ rules: [theirs] }, { 'firebreak:protected': 'yes' });
    await using stage = await openStage({ rules: enforced(), world });
    await found(stage);
    expect(rulesOf(stage)).toEqual([theirs]);
    expect(stage.told()[0]?.body).toContain('protected');
  });

  it('is held where the rules have no room', async () => {
    const full = { ...theirs, filters: Array.from({ length: 100 }, (_, n) => `web-${n}/*`) };
    await using stage = await openStage({ rules: enforced(), world: worldWith({ rules: [full] }) });
    await found(stage);
    expect(rulesOf(stage)).toEqual([full]);
    expect(stage.told()[0]?.body).toContain("the registry's rule for SCAN_ON_PUSH has 100 filters, and takes no more");
  });

  it('is told with who decides, where a policy of the organization does', async () => {
    const world = worldWith({ rules: [theirs], organizationPolicy: true });
    await using stage = await openStage({ rules: enforced(), world });
    await found(stage);
    await stage.pass(600);
    expect(rulesOf(stage)).toEqual([theirs]);
    expect(stage.told()[0]?.body).toContain(
      'A policy of the organization decides how the registry of 123456789012 scans',
    );
  });
});

describe('two repositories of one registry', () => {
  const all = [filter, 'shop/ti*ll', 'web/*'];

  /** Both are found at once, and what the registry says is some seconds old when it arrives. */
  async function both(stage: Stage): Promise<readonly string[]> {
    faults(stage.account).push(({ operation }) =>
      operation === 'GetRegistryScanningConfiguration' ? { kind: 'slow', ms: 5_000 } : undefined,
    );
    await found(stage, repository, other);
    await stage.pass(600);
    return rulesOf(stage)
      .flatMap(({ filters }) => filters)
      .toSorted();
  }

  it('take turns on its rules, and none loses its filter, however slow the registry is', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith({ rules: [theirs] }) });
    expect(await both(stage)).toEqual(all);
    expect(heard(stage).toSorted()).toEqual([`digest ${subject('fixed')}`, `digest ${subject('fixed', other)}`]);

    await undo(stage);
    const [rule] = rulesOf(stage);
    expect(rule?.filters.toSorted()).toEqual(all.filter((one) => one !== filter));
  });

  it('lose one without turns, which is told as not fixed', async () => {
    const without = await bundledWithout({
      file: 'shared/actions/enableScanning/enableScanning.ts',
      text: '(byRegistry ? registryOf(target) : null)',
      replacement: 'null',
    });
    try {
      const world = worldWith({ rules: [theirs] });
      await using stage = await openStage({ rules: enforced(), world, code: without.code });
      expect(await both(stage)).toHaveLength(2);
      expect(heard(stage).filter((one) => one.includes('NOT fixed'))).toHaveLength(1);
    } finally {
      await without.remove();
    }
  });
});
