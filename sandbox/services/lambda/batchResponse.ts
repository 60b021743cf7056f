/**
 * Which messages of a batch failed, by the function's answer (Lambda developer guide, "Implementing partial batch
 * responses"). A null or empty answer, or an empty list, means none; an identifier that is missing, empty or not of this
 * batch fails the whole of it.
 */
export function failedMessages(answer: unknown, messageIds: readonly string[]): readonly string[] {
  if (answer === null || answer === undefined) return [];
  if (typeof answer !== 'object') return messageIds;
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === null || failures === undefined) return [];
  if (!Array.isArray(failures)) return messageIds;
  const failed: string[] = [];
  for (const failure of failures as readonly unknown[]) {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !messageIds.includes(identifier)) return messageIds;
    failed.push(identifier);
  }
  return failed;
}
