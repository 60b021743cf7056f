/** The demo's own rule: the shipped pack only observes vulnerable images, this one enforces. */
export const enforcingRule = `# For the demo: an image with ten or more critical vulnerabilities is quarantined, unless something runs it.
name: demo-critical-images
order: 10
when:
  type: [ImageScan]
  counts: { critical: [{ numeric: [">=", 10] }] }
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
page: { held: notice }
`;
