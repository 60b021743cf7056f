/** The demo's own rule: the shipped pack asks first, this one patches. */
export const patchRule = `# For the demo: a host that lacks patches is patched at any time, one of a cluster after the other.
name: demo-patch
order: 10
when:
  type: [PatchCompliance]
  status: [open]
  resource: { kind: [instance] }
do:
  - ssm.patch-hosts: { drainTimeoutSeconds: 600 }
mode: enforce
page: { contained: digest, degraded: notice, held: notice }
`;
