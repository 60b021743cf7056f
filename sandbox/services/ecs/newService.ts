import type { ServiceRevision, StoredDeployment } from './revisions.ts';
import type { StoredService } from './state.ts';

type Derived = 'deploymentId' | 'definition' | 'revision' | 'events' | 'startFailures' | 'isSteady';

/** A service at rest. What it runs is kept in one place, its primary deployment. */
export const newService = (given: Omit<StoredService, Derived>): StoredService => ({
  ...given,
  events: [],
  startFailures: 0,
  isSteady: true,
  get deploymentId() {
    return this.deployments[0].id;
  },
  get revision() {
    return this.deployments[0].revision;
  },
  set revision(revision: ServiceRevision) {
    this.deployments[0].revision = revision;
  },
  get definition() {
    return this.deployments[0].revision.definition;
  },
  set definition(definition) {
    const primary: StoredDeployment = this.deployments[0];
    primary.revision = { ...primary.revision, definition };
  },
});
