import { wrongTogether } from '../services/ecr/lifecycle/together.ts';
import { wrongMutability } from '../services/ecr/mutability.ts';
import type { Misfit, Path } from './misfit.ts';
import type { World } from './schema.ts';

/** What ECR would refuse of a repository's settings, though each is well formed. */
export function inSettings(repository: World['repositories'][number], path: Path): readonly Misfit[] {
  const { tagMutability, tagMutabilityExclusions, lifecyclePolicy } = repository;
  const tags = wrongMutability(tagMutability, tagMutabilityExclusions);
  const rules = lifecyclePolicy === undefined ? undefined : wrongTogether(lifecyclePolicy.rules);
  return [
    ...(tags === undefined ? [] : [{ path: [...path, 'tagMutabilityExclusions'], message: tags.why }]),
    ...(rules === undefined ? [] : [{ path: [...path, 'lifecyclePolicy'], message: rules }]),
  ];
}
