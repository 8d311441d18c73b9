import '../seats/sign-up.js';
