import { AwsError } from '../../account.ts';

/** With DryRun an operation says that the caller may do it, as an error, and does nothing. A form carries `true` as text. */
export function refuseDryRun({ DryRun }: { readonly DryRun?: unknown }): void {
  if (String(DryRun) !== 'true') return;
  throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
}
