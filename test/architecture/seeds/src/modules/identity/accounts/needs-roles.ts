// breaks: identity-accounts-uses-only-rooms-below
import '../roles/grant-role.js';
