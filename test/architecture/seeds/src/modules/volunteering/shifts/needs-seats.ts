// breaks: volunteering-shifts-uses-only-rooms-below
import '../seats/sign-up.js';
