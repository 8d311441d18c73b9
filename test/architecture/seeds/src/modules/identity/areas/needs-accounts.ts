// breaks: identity-areas-uses-only-rooms-below
import '../accounts/account.js';
