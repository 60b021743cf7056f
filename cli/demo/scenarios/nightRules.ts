import { threatRule } from '../threatRule.ts';

export const exploited = `# For the demo: an image with a vulnerability that an exploit is known of is quarantined, unless something runs it.
name: demo-exploited
order: 10
when:
  source: [inspector]
  resource: { kind: [image] }
  severity: [{ numeric: [">=", 9] }]
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
page: { held: page }
`;

/** The same for three services, but for their image, and whoever is woken about these must say that they have it. */
export const answered = threatRule
  .replace('name: demo-threats\norder: 10', 'name: demo-answered\norder: 5\nescalate: { after: PT15M, times: 2 }')
  .replace('  - ecr.quarantine-image: { when: cause-is-image }\n', '')
  .replace('kind: [ecs-task, ecs-cluster] }', 'kind: [ecs-task, ecs-cluster], service: [query, refunds, receipts] }');

export const settings = `teams:
  - name: payments
    workingHours: { timeZone: Europe/Berlin, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }
`;
