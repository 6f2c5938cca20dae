package dev.zhiku.ingest.extract.pdf;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** The straight lines of a page, level or upright, as an engine draws them. */
final class PageRules {
  private static final Set<String> CONSTRUCTING = Set.of("m", "l", "c", "v", "y", "re", "h");
  private static final Set<String> PAINTING =
      Set.of("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n");
  private static final int MOST_RULES = 20_000;
  private static final float THIN = 3;
  private static final float SHORTEST = 5;
  private static final float LARGEST_SHARE_OF_PAGE = 0.9f;

  private final PDFStreamEngine engine;
  private final List<Rule> path = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private float left;
  private float top;
  private double pageArea;
  private boolean upright;
  private Point2D.Float current = new Point2D.Float();
  private Point2D.Float start = new Point2D.Float();

  /**
   * A straight line.
   *
   * @param level whether it goes from left to right, not from top to bottom
   * @param at distance from the top of the page if level, else from its left edge
   * @param from where it begins, from the left edge or the top
   * @param to where it ends
   */
  record Rule(boolean level, float at, float from, float to) {}

  PageRules(PDFStreamEngine engine) {
    this.engine = engine;
    CONSTRUCTING.forEach(name -> listen(name, operands -> construct(name, operands)));
    PAINTING.forEach(name -> listen(name, operands -> paint(name)));
  }

  private void listen(String name, Consumer<float[]> action) {
    engine.addOperator(
        new OperatorProcessor(engine) {
          @Override
          public void process(Operator operator, List<COSBase> operands) throws IOException {
            float[] numbers = new float[operands.size()];
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = operands.get(i) instanceof COSNumber number ? number.floatValue() : 0;
            }
            if (upright && rules.size() < MOST_RULES) {
              action.accept(numbers);
            }
          }

          @Override
          public String getName() {
            return name;
          }
        });
  }

  /** Begins a page; of one that is turned no rules are kept. */
  void begin(PDPage page) {
    PDRectangle box = page.getCropBox();
    left = box.getLowerLeftX();
    top = box.getUpperRightY();
    pageArea = (double) box.getWidth() * box.getHeight();
    upright = page.getRotation() == 0;
    rules.clear();
    path.clear();
  }

  List<Rule> rules() {
    return List.copyOf(rules);
  }

  private void construct(String operator, float[] numbers) {
    if (operator.equals("h")) {
      line(start);
    } else if (operator.equals("re") && numbers.length == 4) {
      rectangle(at(numbers[0], numbers[1]), at(numbers[0] + numbers[2], numbers[1] + numbers[3]));
    } else if (numbers.length >= 2) {
      Point2D.Float to = at(numbers[numbers.length - 2], numbers[numbers.length - 1]);
      if (operator.equals("l")) {
        line(to);
      } else {
        current = to;
        start = operator.equals("m") ? to : start;
      }
    }
  }

  private Point2D.Float at(float x, float y) {
    Point2D.Float point =
        engine.getGraphicsState().getCurrentTransformationMatrix().transformPoint(x, y);
    return new Point2D.Float(point.x - left, top - point.y);
  }

  private void line(Point2D.Float to) {
    rule(current.x, current.y, to.x, to.y);
    current = to;
  }

  private void rule(float x1, float y1, float x2, float y2) {
    float width = Math.abs(x2 - x1);
    float height = Math.abs(y2 - y1);
    if (width >= SHORTEST && height < 1) {
      path.add(new Rule(true, (y1 + y2) / 2, Math.min(x1, x2), Math.max(x1, x2)));
    } else if (height >= SHORTEST && width < 1) {
      path.add(new Rule(false, (x1 + x2) / 2, Math.min(y1, y2), Math.max(y1, y2)));
    }
  }

  /** A thin one is a line; of a larger one each edge is. */
  private void rectangle(Point2D.Float corner, Point2D.Float opposite) {
    float width = Math.abs(opposite.x - corner.x);
    float height = Math.abs(opposite.y - corner.y);
    float middleX = (corner.x + opposite.x) / 2;
    float middleY = (corner.y + opposite.y) / 2;
    if (height < THIN) {
      rule(corner.x, middleY, opposite.x, middleY);
    } else if (width < THIN) {
      rule(middleX, corner.y, middleX, opposite.y);
    } else if ((double) width * height < pageArea * LARGEST_SHARE_OF_PAGE) {
      rule(corner.x, corner.y, opposite.x, corner.y);
      rule(corner.x, opposite.y, opposite.x, opposite.y);
      rule(corner.x, corner.y, corner.x, opposite.y);
      rule(opposite.x, corner.y, opposite.x, opposite.y);
    }
    current = corner;
    start = corner;
  }

  private void paint(String operator) {
    if (operator.equals("s") || operator.startsWith("b")) {
      line(start);
    }
    if (!operator.equals("n")) {
      rules.addAll(path);
    }
    path.clear();
  }
}
