import { SetMetadata } from '@nestjs/common';

export const PERMISSION_KEY = 'linqiao:permission';
export const PUBLIC_KEY = 'linqiao:public';

/** The route is for people who hold this permission somewhere; the use case then checks the object. */
export const RequirePermission = (permission: string) => SetMetadata(PERMISSION_KEY, permission);

/** The route is for everybody, signed in or not. The reason is part of the declaration and of the route list. */
export const Public = (why: string) => SetMetadata(PUBLIC_KEY, why);

export const UNLOGGED_KEY = 'linqiao:unlogged';

/** Requests to the route leave no line in the log, because the line itself would tell a secret. */
export const Unlogged = (why: string) => SetMetadata(UNLOGGED_KEY, why);
