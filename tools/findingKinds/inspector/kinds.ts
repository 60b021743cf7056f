import type { JsonObject } from '../../../shared/platform/json.ts';

/** What Inspector may find, as far as it decides what is done: on what, how bad, whether it is used by attackers, whether a fix exists. */
export interface InspectorKind {
  readonly kind: string;
  /** The sample that has its shape: `events/inspector-finding-<sample>.json`. */
  readonly sample: string;
  /** What of the sample is otherwise. */
  readonly with: JsonObject;
  readonly says: string;
}

const exploited = { severity: 'CRITICAL', exploitAvailable: 'YES', fixAvailable: 'YES', epss: { score: 0.91 } };
const exploitedNoFix = { ...exploited, fixAvailable: 'NO' };
const likely = { severity: 'HIGH', exploitAvailable: 'NO', fixAvailable: 'YES', epss: { score: 0.34 } };
const likelyNoFix = { ...likely, fixAvailable: 'NO' };
const critical = { severity: 'CRITICAL', exploitAvailable: 'NO', fixAvailable: 'YES', epss: { score: 0.002 } };
const medium = { severity: 'MEDIUM', exploitAvailable: 'NO', fixAvailable: 'YES', epss: { score: 0.002 } };

const inUse = 'Where something runs it, it is held for a person and told in working hours, whatever the number.';

export const inspectorKinds: readonly InspectorKind[] = [
  ['Image, critical, exploited, with a fix', exploited, `Attackers use it today. ${inUse}`],
  [
    'Image, critical, exploited, without a fix',
    exploitedNoFix,
    `Attackers use it today, and nothing helps but not to run it. ${inUse}`,
  ],
  ['Image, high, likely to be exploited, with a fix', likely, `It can be built anew without it. ${inUse}`],
  [
    'Image, high, likely to be exploited, without a fix',
    likelyNoFix,
    'Nothing can be done about it today: the scan counts it.',
  ],
  [
    'Image, critical, no exploit known',
    critical,
    'Most of what Inspector finds: the scan counts it, and one line in the morning names the image.',
  ],
  ['Image, medium', medium, 'The scan counts it.'],
]
  .map(([kind, fields, says]) => ({ kind, sample: 'exploited', with: fields, says }) as InspectorKind)
  .concat(
    (
      [
        ['instance', 'Host'],
        ['function', 'Function'],
      ] as const
    ).flatMap(([sample, on]): InspectorKind[] => [
      {
        kind: `${on}, critical, exploited, with a fix`,
        sample,
        with: exploited,
        says: 'Attackers use it today, and it runs: told in working hours, nobody is known to be inside.',
      },
      {
        kind: `${on}, critical, exploited, without a fix`,
        sample,
        with: exploitedNoFix,
        says: 'Attackers use it today, and it runs: told in working hours, nobody is known to be inside.',
      },
      {
        kind: `${on}, critical, no exploit known`,
        sample,
        with: critical,
        says: 'Most of what Inspector finds: patching is regular work, and has findings of its own.',
      },
      { kind: `${on}, medium`, sample, with: medium, says: 'Patching is regular work, and has findings of its own.' },
    ]),
    [
      {
        kind: 'Function, flaw in its code',
        sample: 'function-code',
        with: {},
        says: 'Nobody says whether an exploit is known, and each deployment changes it: its team reads it in Inspector.',
      },
      {
        kind: 'Host, port that can be reached, medium',
        sample: 'instance-reachable',
        with: { severity: 'MEDIUM' },
        says: 'Inspector names the groups on the way: where the port is SSH, the rules that would be taken away are told.',
      },
      {
        kind: 'Host, port that can be reached, high',
        sample: 'instance-reachable',
        with: { severity: 'HIGH' },
        says: 'Inspector names the groups on the way: where the port is SSH, the rules that would be taken away are told.',
      },
      {
        kind: 'Repository of code',
        sample: 'code-repository',
        with: {},
        says: 'Nothing of it runs: its team reads it in Inspector.',
      },
    ],
  );
