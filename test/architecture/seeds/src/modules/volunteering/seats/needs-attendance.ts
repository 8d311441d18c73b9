// breaks: volunteering-seats-uses-only-rooms-below
import '../attendance/check-in.js';
