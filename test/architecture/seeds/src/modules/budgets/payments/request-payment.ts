import '../ledger/post.js';
