import type { Gated } from '../../../cli/gate/gate.ts';
import { gateVerdict } from '../../../shared/plan/gate/verdict.ts';
import { now } from '../../plan/fakes.ts';
import { askedOf, type Given } from '../../plan/gate/fakes.ts';

/** What came of an image, as the command has it before it prints. */
export function gatedOf(given: Given, as?: string): Gated {
  const all = askedOf(given);
  const { reference, asked } = all;
  return {
    given: as ?? given.image ?? '123456789012.dkr.ecr.us-east-1.amazonaws.com/payments/api:1.0',
    reference,
    asked,
    verdict: gateVerdict(all),
    rules: { stage: 'prod', folder: null, number: 7, hash: 'a'.repeat(64) },
    at: now,
  };
}

/** What a vulnerability's title may hold: others wrote it. */
export const hostile =
  '</failure><script>alert(1)</script>]]> & "quoted" \'single\' [click](https://evil.example) \\[x](y) \u001b[31mred\u0000 \u202eover\r\nBLOCKED: no';

/** An image with one vulnerability of this title, which the rule `every` takes. */
export const titled = (title: string): Given => ({
  scan: {
    status: 'ACTIVE',
    counts: { HIGH: 1 },
    enhanced: [
      {
        findingArn: 'arn:1',
        type: 'PACKAGE_VULNERABILITY',
        severity: 'HIGH',
        status: 'ACTIVE',
        title,
        packageVulnerabilityDetails: { vulnerabilityId: title.slice(0, 100) },
      },
    ],
  },
  rules: [
    {
      name: 'every',
      description: '',
      order: 100,
      when: { type: ['PACKAGE_VULNERABILITY'] },
      do: [{ action: 'image.archive', params: {} }],
      mode: 'enforce',
      page: {},
    },
  ],
});
