// breaks: identity-roles-uses-only-rooms-below
import '../sessions/open-session.js';
