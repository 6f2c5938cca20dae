package dev.zhiku.index.testing;

import dev.zhiku.index.ranking.PairScorer;

class SharedWordsScorerTest extends PairScorerContract {
  @Override
  protected PairScorer open() {
    return new SharedWordsScorer();
  }
}
