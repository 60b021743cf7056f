import { parseImageAction } from './imageActivity/action.ts';
import { parseScanChange } from './imageActivity/scanChange.ts';
import type { Envelope, Parsed, Source } from './source.ts';

const forms = new Map<string, (envelope: Envelope) => Parsed>([
  ['aws.ecr ECR Image Action', parseImageAction],
  ['aws.ecr ECR Scan Resource Change', parseScanChange],
]);

const formOf = (envelope: Envelope) => forms.get(`${envelope.source} ${envelope['detail-type']}`);

/** What is done to images in Amazon ECR (pushed, archived, restored), and that a repository is not scanned any more. */
export const imageActivity: Source = {
  name: 'imageActivity',
  matches: (envelope) => formOf(envelope) !== undefined,
  parse: (envelope) =>
    formOf(envelope)?.(envelope) ?? {
      kind: 'ignored',
      reason: 'neither an action on an image nor a change of scanning in Amazon ECR',
    },
  // A push with several tags is one event for each of them.
  volatile: ['observedAt', 'resource.tags'],
};
