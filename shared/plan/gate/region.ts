import { byPolicy, pullable, reason } from './reason.ts';
import type { Asked, Looked } from './verdict.ts';

/** Whether the image lies in the Region of what runs it: another Region that is out of order, or cut off, keeps it from starting. */
export function regionCheck({ reference, set: { settings }, runsIn }: Asked): Looked {
  const check = 'region';
  if (settings.images?.acrossRegions !== 'block') {
    return { check, said: 'the settings let images be pulled across Regions', reasons: [], skipped: true };
  }
  const place = pullable(reference);
  if (reference.ecr === null) {
    return { check, said: 'it is in no registry of Amazon ECR, which has no Region', reasons: [], skipped: true };
  }
  const { region } = reference.ecr;
  if (runsIn === null) {
    const message =
      'In which Region the image is to run is not known, and the settings want its own (images.acrossRegions).';
    const mend = 'Say it: --region, or AWS_REGION.';
    const unknown = reason({ check, code: 'unknown-region', level: 'unknown', message, place, mend });
    return { check, said: message, reasons: [unknown] };
  }
  if (region === runsIn) return { check, said: `it is in ${region}, where it runs`, reasons: [] };
  const message = `The image is in ${region} and runs in ${runsIn}: it is pulled across Regions (settings.images.acrossRegions).`;
  const mend = `Have its repository replicated to ${runsIn} (aws ecr put-replication-configuration) and deploy it from there.`;
  return {
    check,
    said: `it is in ${region}, and not in ${runsIn}`,
    reasons: [reason({ check, code: 'across-regions', level: byPolicy(settings), message, place, mend })],
  };
}
