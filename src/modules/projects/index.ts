export { ProjectsApi } from './projects.api.js';
export { projectClosed, projectOpened } from './projects.events.js';
export { ProjectsModule } from './projects.module.js';
export { projectPermissions } from './projects.permissions.js';
