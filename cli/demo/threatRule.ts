/** The demo's own rule: the shipped pack observes on day one, this one enforces. */
export const threatRule = `# For the demo: what GuardDuty finds in a task is contained by its cause.
name: demo-threats
order: 10
when:
  source: [guardduty]
  resource: { kind: [ecs-task, ecs-cluster] }
  severity: [{ numeric: [">=", 5] }]
do:
  - evidence.capture
  - ecs.contain-service: { strategy: by-cause }
  - ecs.stop-task: { only: standalone }
  - ecr.quarantine-image: { when: cause-is-image }
mode: enforce
`;
