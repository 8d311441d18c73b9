import '../shifts/create-shift.js';
