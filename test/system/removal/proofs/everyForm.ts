import { expectThat } from '../../../../cli/demo/scenario.ts';
import type { JsonObject } from '../../../../shared/platform/json.ts';
import { sampleEvent } from '../../../finding/sampleEvent.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

/** A form of event that a source's rule lets in: a sample with other fields in its detail. */
interface Form {
  readonly name: string;
  readonly sample: string;
  readonly detail?: { readonly [key: string]: unknown };
}

const counts = (severity: string): { readonly [key: string]: unknown } => ({
  'finding-severity-counts': { [severity]: 1 },
});

/** One event for each alternative that the patterns of the sources' rules name: without the alternative, it never arrives. */
const forms: { readonly [source: string]: readonly Form[] } = {
  imageScan: [
    { name: 'a scan that did not finish', sample: 'ecr-scan-failed' },
    { name: 'a scan with a critical vulnerability', sample: 'ecr-scan-critical', detail: counts('CRITICAL') },
    { name: 'a scan with a high one', sample: 'ecr-scan-critical', detail: counts('HIGH') },
    { name: 'a scan with a medium one', sample: 'ecr-scan-critical', detail: counts('MEDIUM') },
    { name: 'a scan by Inspector', sample: 'inspector-scan-critical' },
    { name: 'a critical finding on an image', sample: 'inspector-finding-exploited' },
    { name: 'a high one', sample: 'inspector-finding-exploited', detail: { severity: 'HIGH' } },
    { name: 'a medium one', sample: 'inspector-finding-exploited', detail: { severity: 'MEDIUM' } },
    { name: 'one that nobody has triaged', sample: 'inspector-finding-untriaged' },
    { name: 'a finding on an instance', sample: 'inspector-finding-instance' },
    { name: 'a finding on a function', sample: 'inspector-finding-function' },
  ],
  threatFinding: [
    { name: 'a finding of GuardDuty', sample: 'guardduty-instance-bitcoin-dns' },
    { name: 'a loss of sight', sample: 'guardduty-sight-lost-ecs' },
    { name: 'the end of one', sample: 'guardduty-sight-restored-ecs' },
  ],
  imageActivity: [
    { name: 'a push', sample: 'ecr-image-push' },
    { name: 'a restore', sample: 'ecr-image-action-restored' },
    { name: 'a change of class that does not say which', sample: 'ecr-image-action-malformed-no-class' },
    { name: 'a repository that is not scanned any more', sample: 'ecr-scan-change-off' },
  ],
  configChange: [
    { name: 'a resource that is not as a rule of AWS Config wants it', sample: 'config-repository-first' },
    { name: 'one that is so again', sample: 'config-task-definition-compliant' },
    { name: 'what Systems Manager finds', sample: 'ssm-patch' },
  ],
  hubFinding: [
    { name: 'a finding in ASFF', sample: 'hub-sysdig-task' },
    { name: 'a finding in OCSF', sample: 'hub-v2-detection' },
    { name: 'what a person sends with a custom action', sample: 'hub-action' },
  ],
  runningImage: [{ name: 'an image that runs and is refused', sample: 'inventory-unsigned' }],
};

const envelopeOf = ({ name, sample, detail }: Form): JsonObject => {
  const event = sampleEvent(sample);
  return JSON.parse(JSON.stringify({ ...event, id: name, detail: { ...event.detail, ...detail } }));
};

/** Every event that a source's rule is to let in leaves a record. */
export const everyForm: readonly Proof[] = Object.entries(forms).map(([source, all]) => ({
  name: `every form of event that ${source} takes in leaves a record`,
  near: new RegExp(`^${source}Rule: pattern`, 'i'),
  happen: async (template) => {
    await using stage = await openStage({ template });
    for (const form of all) stage.deliver(envelopeOf(form));
    await stage.pass(10);
    const recorded = new Set(stage.records().map(({ id }) => id));
    const lost = all.filter(({ name }) => !recorded.has(name)).map(({ name }) => name);
    expectThat(lost.length === 0, `without a record: ${lost.join(', ')}`);
  },
}));
