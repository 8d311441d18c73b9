import '../attendance/check-in.js';
