// breaks: organizations-registry-uses-only-rooms-below
import '../decisions/approve-organization.js';
