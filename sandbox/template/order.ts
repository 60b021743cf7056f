import { referencesOf, TemplateError } from './intrinsics.ts';
import type { ReadTemplate } from './template.ts';

/** Logical ids, so that each comes after those that it refers to. Throws TemplateError for a circle, or a DependsOn without its resource. */
export function creationOrder({ Resources }: ReadTemplate): readonly string[] {
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    const resource = Resources[id];
    if (resource === undefined || done.has(id)) return;
    if (trail.includes(id)) {
      const circle = [...trail.slice(trail.indexOf(id)), id];
      throw new TemplateError(id, `depends on itself: ${circle.join(' -> ')}`);
    }
    for (const need of resource.DependsOn) {
      if (Resources[need] === undefined) {
        throw new TemplateError(`${id}.DependsOn`, `names ${need}, which the template does not have`);
      }
    }
    for (const need of [...referencesOf(resource.Properties), ...resource.DependsOn]) visit(need, [...trail, id]);
    done.add(id);
  };
  for (const id of Object.keys(Resources)) visit(id, []);
  return [...done];
}
