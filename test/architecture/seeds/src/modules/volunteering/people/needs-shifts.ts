// breaks: volunteering-people-uses-only-rooms-below
import '../shifts/create-shift.js';
