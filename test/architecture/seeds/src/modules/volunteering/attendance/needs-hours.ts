// breaks: volunteering-attendance-uses-only-rooms-below
import '../hours/confirm-attendance.js';
