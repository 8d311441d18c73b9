/** The front door of notifications. Nobody asks this module anything: it listens. */
export { NotificationsModule } from './notifications.module.js';
export { notificationPermissions } from './notifications.permissions.js';
